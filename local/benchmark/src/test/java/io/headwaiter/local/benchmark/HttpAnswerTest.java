package io.headwaiter.local.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HttpAnswerTest {

    private static final String WITH_LENGTH =
            "HTTP/1.1 201 Created\r\nContent-Type: x\r\nContent-Length: 5\r\n\r\nhello";
    private static final String IN_CHUNKS =
            "HTTP/1.1 409 Conflict\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";

    @Test
    void an_answer_is_none_until_its_last_byte_is_there() {
        for (String answer : new String[] {WITH_LENGTH, IN_CHUNKS}) {
            byte[] bytes = bytes(answer);
            for (int length = 0; length < bytes.length; length++) {
                assertThat(HttpAnswer.in(bytes, length))
                        .as("%s, %d bytes", answer, length)
                        .isNull();
            }
            assertThat(whole(answer).end()).isEqualTo(bytes.length);
        }
    }

    @Test
    void an_answer_without_a_body_ends_with_its_head() {
        String answer = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";

        assertThat(whole(answer)).isEqualTo(new HttpAnswer(answer.length(), answer.length(), true));
    }

    @Test
    void the_status_is_read_from_the_first_line() {
        assertThat(HttpAnswer.status(bytes(IN_CHUNKS))).isEqualTo(409);
    }

    private static HttpAnswer whole(String answer) {
        return Objects.requireNonNull(HttpAnswer.in(bytes(answer), bytes(answer).length));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
