/* Prints the value of each constant that the bindings have; constants.h is written by the test. */
#include <stdio.h>
#include "rdkafka.h"
#include "rdkafka_mock.h"

#define CONSTANT(name) printf("%s %lld\n", #name, (long long)(name));

int main(void) {
#include "constants.h"
        return 0;
}
