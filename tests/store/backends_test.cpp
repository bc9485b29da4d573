// SPDX-License-Identifier: Apache-2.0
#include "tests/store/contract.h"

namespace bylined::store::test {

INSTANTIATE_TEST_SUITE_P(Backends, StoreContract, testing::ValuesIn(kBackends), backend_name);

}  // namespace bylined::store::test
