package io.headwaiter.local.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindCommitTest {

    private final FindCommit find = new FindCommit();

    @Test
    void a_plain_commit_is_one() {
        assertThat(find.isCommit((byte) 'Q', "COMMIT\0".getBytes(UTF_8))).isTrue();
        assertThat(find.isCommit((byte) 'Q', "ROLLBACK\0".getBytes(UTF_8))).isFalse();
    }

    @Test
    void one_that_was_prepared_is_one_whenever_it_is_run() {
        assertThat(parse("", "COMMIT")).isFalse();
        assertThat(bind("")).isTrue();
        assertThat(parse("S_1", "COMMIT")).isFalse();
        assertThat(parse("S_2", "select 'COMMIT'")).isFalse();
        assertThat(bind("S_1")).isTrue();
        assertThat(bind("S_2")).isFalse();
        assertThat(bind("S_1")).isTrue();
    }

    @Test
    void a_name_can_be_given_to_something_else() {
        parse("", "COMMIT");
        parse("", "select 1");
        assertThat(bind("")).isFalse();

        parse("S_1", "COMMIT");
        find.isCommit((byte) 'C', "SS_1\0".getBytes(UTF_8));
        assertThat(bind("S_1")).isFalse();
    }

    private boolean parse(String name, String sql) {
        return find.isCommit((byte) 'P', (name + "\0" + sql + "\0\0\0").getBytes(UTF_8));
    }

    private boolean bind(String name) {
        return find.isCommit((byte) 'B', ("\0" + name + "\0\0\0\0\0").getBytes(UTF_8));
    }
}
