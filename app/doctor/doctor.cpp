#include "app/doctor/doctor.hpp"

#include "app/doctor/judge.hpp"
#include "app/doctor/observe.hpp"

namespace tcpstep::doctor {

std::vector<Finding> examine() {
    return judge(observe());
}

}  // namespace tcpstep::doctor
