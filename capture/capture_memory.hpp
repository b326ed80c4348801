#pragma once

#include <memory_resource>

namespace tcpstep::capture {

/// Memory for a model::Observation of a big capture: Linux hands it out page by page, with a fault
/// for each, which takes about as long as what is done with it. So a piece is filled with pages at
/// once (madvise(2), MADV_POPULATE_WRITE, Linux 5.14); or, where it is a multiple of 2 MiB and
/// aligned to that, is put on huge pages (MADV_HUGEPAGE), for in millions of small ones the
/// processor looks longer for the page than for what is on it. Lives as long as the program; any
/// thread may use it.
std::pmr::memory_resource* capture_memory();

}  // namespace tcpstep::capture
