#pragma once

#include <optional>

#include "app/strings/strings.hpp"

namespace tcpstep::strings {

/// While one lives, texts are in its language in this thread, whatever the program's is: for what
/// is written in several languages at once.
class InLanguage {
  public:
    explicit InLanguage(Language language);
    ~InLanguage();
    InLanguage(const InLanguage&) = delete;
    InLanguage& operator=(const InLanguage&) = delete;

  private:
    std::optional<Language> before_;
};

}  // namespace tcpstep::strings
