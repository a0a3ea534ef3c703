package io.headwaiter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwaiter.gateway.testing.Headwaiter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SettingsTest {

    private final Headwaiter headwaiter = Headwaiter.shared();

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64!", "dG9vIHNob3J0"})
    void a_secret_that_does_not_do_is_a_clear_sentence_that_keeps_it(String secret, CapturedOutput output) {
        assertThatThrownBy(() -> headwaiter
                        .startGateway("--HEADWAITER_TOKEN_SECRET=" + secret)
                        .close())
                .isInstanceOf(Exception.class);

        assertThat(output).contains("HEADWAITER_TOKEN_SECRET must be set, to base64 of 32 random bytes or more");
        if (!secret.isEmpty()) {
            assertThat(output).doesNotContain(secret);
        }
    }
}
