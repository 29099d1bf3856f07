// Makes a small clean picture of one that a stranger sent, standard input to standard output.
//
//   picture-reader TYPE PIXELS SIDE
//
// TYPE is image/jpeg, image/png or image/webp. A picture of more than PIXELS is refused before it is decoded. It is turned upright as its
// metadata says, made no larger than SIDE a side, and written without metadata: as PNG where it has transparency, else as JPEG. Ends with
// 0, or with 1 for what can't be read and 100 for what has too many pixels. Only the first picture of an animation is looked at.

#define _GNU_SOURCE

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BROKEN = 1, USAGE = 64, TOO_MANY_PIXELS = 100, CHUNK = 1 << 16 };

struct bounds {
    uint64_t pixels;
    int side;
};

static int fitted(int length, int longest, int side) {
    int scaled = (int)((int64_t)length * side / longest);
    return scaled > 0 ? scaled : 1;
}

/// Called when the header has been read: the last moment before memory is allocated for the picture.
static void judge(GdkPixbufLoader *loader, int width, int height, gpointer data) {
    const struct bounds *bounds = data;
    if (width <= 0 || height <= 0) _exit(BROKEN);
    if ((uint64_t)width * (uint64_t)height > bounds->pixels) _exit(TOO_MANY_PIXELS);
    int longest = width > height ? width : height;
    if (longest > bounds->side) {
        gdk_pixbuf_loader_set_size(loader, fitted(width, longest, bounds->side), fitted(height, longest, bounds->side));
    }
}

static GByteArray *all_input(void) {
    static guchar chunk[CHUNK];
    GByteArray *input = g_byte_array_new();
    ssize_t count;
    while ((count = read(STDIN_FILENO, chunk, sizeof chunk)) > 0) g_byte_array_append(input, chunk, (guint)count);
    if (count < 0) _exit(BROKEN);
    return input;
}

/// Whether the file is complete: the loaders fill missing parts of a picture with gray.
static bool is_whole(const GByteArray *input, const char *type) {
    if (strcmp(type, "image/jpeg") == 0) return memmem(input->data, input->len, "\xFF\xD9", 2) != NULL;
    if (strcmp(type, "image/png") == 0) return memmem(input->data, input->len, "IEND\xAE\x42\x60\x82", 8) != NULL;
    // RFC 9649 section 2.4: the size of what follows, little-endian.
    if (input->len < 12) return false;
    const guint8 *size = input->data + 4;
    uint64_t named = (uint64_t)size[0] | (uint64_t)size[1] << 8 | (uint64_t)size[2] << 16 | (uint64_t)size[3] << 24;
    return named + 8 <= input->len;
}

static void feed(GdkPixbufLoader *loader, const GByteArray *input) {
    for (guint start = 0; start < input->len; start += CHUNK) {
        guint count = input->len - start < CHUNK ? input->len - start : CHUNK;
        if (!gdk_pixbuf_loader_write(loader, input->data + start, count, NULL)) _exit(BROKEN);
    }
    if (!gdk_pixbuf_loader_close(loader, NULL)) _exit(BROKEN);
}

static bool is_transparent(const GdkPixbuf *picture) {
    if (!gdk_pixbuf_get_has_alpha(picture)) return false;
    const guchar *rows = gdk_pixbuf_read_pixels(picture);
    int width = gdk_pixbuf_get_width(picture), height = gdk_pixbuf_get_height(picture);
    size_t stride = (size_t)gdk_pixbuf_get_rowstride(picture);
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            if (rows[(size_t)y * stride + (size_t)x * 4 + 3] != 255) return true;
        }
    }
    return false;
}

/// Only the pixels: metadata that the loader found is attached to the picture, and a writer would write some of it again.
static GdkPixbuf *bare(const GdkPixbuf *picture) {
    int width = gdk_pixbuf_get_width(picture), height = gdk_pixbuf_get_height(picture);
    GdkPixbuf *copy = gdk_pixbuf_new(GDK_COLORSPACE_RGB, gdk_pixbuf_get_has_alpha(picture), 8, width, height);
    if (copy == NULL) _exit(BROKEN);
    gdk_pixbuf_copy_area(picture, 0, 0, width, height, copy, 0, 0);
    return copy;
}

static void print(const gchar *bytes, gsize count) {
    while (count > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, count);
        if (written <= 0) _exit(BROKEN);
        bytes += written;
        count -= (gsize)written;
    }
}

int main(int argc, char **argv) {
    if (argc != 4) return USAGE;
    struct bounds bounds = {strtoull(argv[2], NULL, 10), atoi(argv[3])};
    if (bounds.pixels == 0 || bounds.side <= 0) return USAGE;
    GdkPixbufLoader *loader = gdk_pixbuf_loader_new_with_mime_type(argv[1], NULL);
    if (loader == NULL) return USAGE;
    g_signal_connect(loader, "size-prepared", G_CALLBACK(judge), &bounds);
    GByteArray *input = all_input();
    feed(loader, input);
    if (!is_whole(input, argv[1])) return BROKEN;
    GdkPixbuf *picture = gdk_pixbuf_loader_get_pixbuf(loader);
    if (picture == NULL) return BROKEN;
    GdkPixbuf *upright = gdk_pixbuf_apply_embedded_orientation(picture);
    if (upright == NULL) return BROKEN;
    GdkPixbuf *clean = bare(upright);
    gchar *bytes = NULL;
    gsize count = 0;
    bool written = is_transparent(clean) ? gdk_pixbuf_save_to_buffer(clean, &bytes, &count, "png", NULL, NULL)
                                         : gdk_pixbuf_save_to_buffer(clean, &bytes, &count, "jpeg", NULL, "quality", "90", NULL);
    if (!written) return BROKEN;
    print(bytes, count);
    return 0;
}
