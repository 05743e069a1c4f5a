/*
 * banned.h - functions that have hurt others; included by every header of core through text.h.
 */
#ifndef HMS_CORE_BANNED_H
#define HMS_CORE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strncpy strtok atoi gmtime localtime asctime

#endif
