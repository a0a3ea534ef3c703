/* Loaded before the C library: what a process takes for the time of day is WRONG_CLOCK_SECONDS off. How long something took is not. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static long off(void) {
  static long seconds;
  static int known;
  if (!known) {
    const char *set = getenv("WRONG_CLOCK_SECONDS");
    seconds = set ? atol(set) : 0;
    known = 1;
  }
  return seconds;
}

int clock_gettime(clockid_t id, struct timespec *now) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int status = real(id, now);
  if (status == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) now->tv_sec += off();
  return status;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  struct timespec precisely;
  (void)zone;
  int status = clock_gettime(CLOCK_REALTIME, &precisely);
  if (status == 0) {
    now->tv_sec = precisely.tv_sec;
    now->tv_usec = precisely.tv_nsec / 1000;
  }
  return status;
}

time_t time(time_t *where) {
  struct timespec precisely;
  clock_gettime(CLOCK_REALTIME, &precisely);
  if (where) *where = precisely.tv_sec;
  return precisely.tv_sec;
}
