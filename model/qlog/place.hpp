#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/qlog/reader.hpp"

namespace tcpstep::model::qlog {

/// Where in a file a value stands: a JSON pointer (RFC 6901) that is put into text only when a
/// fault needs it. A place refers to the one around it, which must outlive it.
class Place {
  public:
    /// The whole JSON text; `record` is its number in a sequential file, from 1; 0: there are none.
    explicit Place(std::size_t record = 0) : index_(record) {}
    Place(const Place& around, std::string_view member) : around_(&around), member_(member) {}
    Place(const Place& around, std::size_t index) : around_(&around), index_(index) {}

    /// "/traces/0/events/7/data/seq", "record 9: /data/seq"; "record 9" for a whole record.
    std::string pointer() const;

    /// What it is the element of; nullptr: it is a whole record.
    const Place* around() const { return around_; }
    /// Which element, or record.
    std::size_t index() const { return index_; }

  private:
    const Place* around_ = nullptr;
    std::string_view member_;  // empty data() where index_ counts
    std::size_t index_ = 0;
};

/// Appends "/name", escaped as a JSON pointer wants it.
void append_pointer_token(std::string& pointer, std::string_view name);

/// The faults found so far.
class Faults {
  public:
    explicit Faults(std::vector<Fault>& found) : found_(found) {}

    void add(const Place& where, std::string what) { add(where.pointer(), std::move(what)); }
    void add(std::string where, std::string what) {
        found_.push_back({std::move(where), std::move(what)});
    }

    /// How many there are: has something gone wrong since?
    std::size_t count() const { return found_.size(); }

  private:
    std::vector<Fault>& found_;
};

}  // namespace tcpstep::model::qlog
