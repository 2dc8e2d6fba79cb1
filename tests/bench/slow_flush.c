/* A disk whose flush takes FLUSH_TAKES_MS more: preloaded (LD_PRELOAD) into the server that is measured. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_as_long(void)
{
    const char *told = getenv("FLUSH_TAKES_MS");
    long ms = told ? atol(told) : 0;
    struct timespec span = {ms / 1000, (ms % 1000) * 1000000L};
    nanosleep(&span, NULL);
}

static int flush(const char *name, int fd)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    wait_as_long();
    return real(fd);
}

int fsync(int fd) { return flush("fsync", fd); }
int fdatasync(int fd) { return flush("fdatasync", fd); }
