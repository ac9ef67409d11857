/* compiler.h - what we ask of the compiler beyond C11, in one place. */
#ifndef BASE_COMPILER_H
#define BASE_COMPILER_H

/* A stopped program is better than a wrong account. */
#ifdef NDEBUG
#error "assertions stay on in every build: take CMAKE_BUILD_TYPE Release or Debug"
#endif

#if defined(__GNUC__) || defined(__clang__)
#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(format_at, arguments_at)                                                       \
    __attribute__((format(printf, format_at, arguments_at)))
#else
#define MUST_CHECK
#define PRINTF_LIKE(format_at, arguments_at)
#endif

#define ARRAY_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
