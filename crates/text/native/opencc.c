/* libopencc by its own names, loaded when a text is first converted and not when the process starts.
 *
 * A search of Simplified text converts nothing, but loading libopencc and the C++ library under it was more than half of what such a
 * process did before it began: see benches/README.md. The linker finds these functions first and needs libopencc no more. */

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

typedef void *opencc_t;

static struct {
    opencc_t (*open)(const char *);
    int (*close)(opencc_t);
    char *(*convert_utf8)(opencc_t, const char *, size_t);
    size_t (*convert_utf8_to_buffer)(opencc_t, const char *, size_t, char *);
    void (*convert_utf8_free)(char *);
    const char *(*error)(void);
    int complete;
} library;

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* A function by its name; ISO C has no cast from an object's address to a function's. */
static void find(void *handle, const char *name, void *function)
{
    *(void **)function = dlsym(handle, name);
}

static void load(void)
{
    /* OpenCC 1.1.x has had this name since 1.1.0; opencc-rust 1.1.18 asks for 1.1.2 or later and less than 1.2. */
    void *handle = dlopen("libopencc.so.1.1", RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return;
    find(handle, "opencc_open", &library.open);
    find(handle, "opencc_close", &library.close);
    find(handle, "opencc_convert_utf8", &library.convert_utf8);
    find(handle, "opencc_convert_utf8_to_buffer", &library.convert_utf8_to_buffer);
    find(handle, "opencc_convert_utf8_free", &library.convert_utf8_free);
    find(handle, "opencc_error", &library.error);
    library.complete = library.open && library.close && library.convert_utf8 && library.convert_utf8_to_buffer
        && library.convert_utf8_free && library.error;
}

/* As the library says it, -1 where there is none. Whoever holds a converter has the library. */
opencc_t opencc_open(const char *config)
{
    pthread_once(&once, load);
    return library.complete ? library.open(config) : (opencc_t)-1;
}

int opencc_close(opencc_t converter)
{
    return library.close(converter);
}

char *opencc_convert_utf8(opencc_t converter, const char *text, size_t length)
{
    return library.convert_utf8(converter, text, length);
}

size_t opencc_convert_utf8_to_buffer(opencc_t converter, const char *text, size_t length, char *buffer)
{
    return library.convert_utf8_to_buffer(converter, text, length, buffer);
}

void opencc_convert_utf8_free(char *text)
{
    library.convert_utf8_free(text);
}

const char *opencc_error(void)
{
    pthread_once(&once, load);
    return library.complete ? library.error() : "libopencc.so.1.1 cannot be loaded";
}
