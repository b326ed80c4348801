#pragma once

#include <string>
#include <string_view>

namespace tcpstep::ui {

/// ImGui gives a field the keyboard one frame after it was told to, and drops what is typed until
/// the frame after that. Whoever is faster than the frames does not lose it: it waits here.
class EarlyLetters {
  public:
    /// Call it just before the field that ImGui knows as `label` in the current window. Takes what
    /// was typed while the field does not hear it yet, and gives it all once it does.
    void before_field(const char* label);
    /// `key` asked for the field, so what was typed after it is meant for the field.
    void expect_after(char32_t key);
    /// Letters wait that are none of `keys`, which the list that is open obeys itself. Those before
    /// them are taken away, so that they do not stand in the field.
    bool typed_beside(std::u32string_view keys);
    bool expected() const { return expected_; }
    /// Some were typed that no field has got yet.
    bool waiting() const { return !letters_.empty(); }

  private:
    std::u32string letters_;
    bool expected_ = false;
};

}  // namespace tcpstep::ui
