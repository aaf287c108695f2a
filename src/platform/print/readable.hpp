// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "platform/print/document.hpp"

namespace kringwerk::print {

/// The same document with text that can be set: bytes that are no UTF-8 become the replacement
/// character, control characters but for the line end a blank. Each row gets as many cells as there
/// are columns.
Document readable(Document document);

} // namespace kringwerk::print
