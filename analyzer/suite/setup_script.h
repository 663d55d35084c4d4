#pragma once

// The literal requirements of a setup.py. The script is not run: what its setup() call gets as a list, a dictionary, or
// the name of one of the module, is read; what is computed is not.

#include "analyzer/model/file_model.h"
#include "analyzer/suite/claim.h"
#include "analyzer/text/source.h"

namespace hasten {

/// A script as it was lowered; its source carries the absolute path.
struct SetupScript {
  Source source;
  FileModel model;
};

void read_setup_script(const SetupScript& script, Claims& claims);

}  // namespace hasten
