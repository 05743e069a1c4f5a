#include "core/fresh_file.h"

#include "core/file.h"
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static char path[96];

static void assert_holds(const char *wanted)
{
    struct strbuf content;
    struct error err = {0};

    strbuf_init(&content, 1000);
    assert_true(file_read(path, 1000, &content, &err));
    assert_text(strbuf_text(&content), wanted);
    strbuf_release(&content);
}

static size_t names_in_folder(void)
{
    char **names;
    size_t count;
    struct error err = {0};

    assert_true(folder_list(folder, &names, &count, &err));
    folder_list_free(names, count);
    return count;
}

static void a_file_is_there_when_it_is_whole_and_for_its_owner_only(void **state)
{
    struct fresh_file file;
    struct stat info;

    (void)state;
    assert_true(fresh_file_open(&file, path));
    assert_int_equal(write(file.fd, "new", 3), 3);
    assert_false(file_exists(path));
    assert_true(fresh_file_finish(&file));
    assert_holds("new");
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(names_in_folder(), 1);
}

static void the_old_file_stays_when_the_new_one_is_dropped(void **state)
{
    struct fresh_file file;
    struct error err = {0};

    (void)state;
    assert_true(file_write(path, text_of("old"), &err));
    assert_true(fresh_file_open(&file, path));
    assert_int_equal(write(file.fd, "new", 3), 3);
    fresh_file_drop(&file);
    fresh_file_drop(&file);
    assert_holds("old");
    assert_int_equal(names_in_folder(), 1);
}

static void a_pipe_is_written_and_stays_a_pipe(void **state)
{
    struct error err = {0};
    struct stat info;
    char got[8] = "";
    int reader;

    (void)state;
    assert_int_equal(mkfifo(path, 0600), 0);
    reader = open(path, O_RDONLY | O_NONBLOCK);
    assert_true(reader >= 0);
    assert_true(file_write(path, text_of("piped"), &err));
    assert_int_equal(read(reader, got, sizeof(got)), 5);
    assert_string_equal(got, "piped");
    close(reader);
    assert_int_equal(lstat(path, &info), 0);
    assert_true(S_ISFIFO(info.st_mode));
    assert_int_equal(names_in_folder(), 1);
}

static void a_redirected_file_is_written_where_it_is_open(void **state)
{
    char own[64];
    struct error err = {0};
    struct stat before, after;
    int fd;

    (void)state;
    fd = open(path, O_RDWR | O_CREAT, 0600);
    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, &before), 0);
    snprintf(own, sizeof(own), "/proc/self/fd/%d", fd);
    assert_true(file_write(own, text_of("redirected"), &err));
    close(fd);
    assert_holds("redirected");
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(after.st_ino, before.st_ino);
}

static void a_folder_that_is_not_there_is_an_error_by_errno(void **state)
{
    struct fresh_file file;
    struct error err = {0};

    (void)state;
    assert_false(fresh_file_open(&file, "/nowhere/at/all"));
    assert_false(file_write("/nowhere/at/all", text_of("x"), &err));
    assert_non_null(strstr(err.message, "No such file"));
    assert_false(file_write(folder, text_of("x"), &err)); /* nor is a folder replaced */
}

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/hms-fresh.XXXXXX");
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(path, sizeof(path), "%s/file", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_is_there_when_it_is_whole_and_for_its_owner_only,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(the_old_file_stays_when_the_new_one_is_dropped,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_pipe_is_written_and_stays_a_pipe, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_redirected_file_is_written_where_it_is_open,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_folder_that_is_not_there_is_an_error_by_errno,
                                        make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
