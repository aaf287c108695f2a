// SPDX-License-Identifier: EUPL-1.2
#include "app/app.hpp"

int main(int count, char** words) { return kringwerk::app::run({words + 1, words + count}); }
