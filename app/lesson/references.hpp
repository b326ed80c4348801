#pragma once

#include "app/lesson/json_object.hpp"
#include "app/lesson/lesson.hpp"

namespace tcpstep::lesson {

/// Whether a lesson fits together: labels are unique, conditions name steps that exist and do not
/// wait for themselves, descriptors are made before they are used, all addresses are of one family.
/// The first thing that does not goes to `fault`.
void check_references(const Lesson& lesson, FirstFault& fault);

}  // namespace tcpstep::lesson
