/* What jextract reads: librdkafka's public API and its mock cluster. */
#include "rdkafka.h"
#include "rdkafka_mock.h"
