#include "analyzer/pipeline.h"
