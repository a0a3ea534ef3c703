package io.headwaiter.gateway.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwaiter.gateway.problems.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class IfMatchTest {

    private static IfMatch of(String... lines) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        for (String line : lines) {
            request.addHeader("If-Match", line);
        }
        return IfMatch.of(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                " * ",
                "\"7\"",
                "\"6\", \"7\"",
                "\"6\",\"7\",\"8\"",
                ", ,\"7\"\t,",
                "W/\"6\", \"7\"",
                "\"a,b\", \"7\"",
                "\"\", \"7\"",
                "\"\u00e9\",\"7\""
            })
    void a_list_that_names_the_version_matches(String header) {
        assertThatCode(() -> of(header).check(7)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"6\"",
                "W/\"7\"",
                "\"07\"",
                "\"+7\"",
                "\"\"",
                "\"x\"",
                "\"7,7\"",
                "\"*\"",
                "\"99999999999999999999999\""
            })
    void a_list_that_does_not_is_412(String header) {
        assertThatThrownBy(() -> of(header).check(7)).isInstanceOfSatisfying(ProblemException.class, mismatch -> {
            assertThat(mismatch.problem().code()).isEqualTo("version_mismatch");
            assertThat(mismatch.problem().status().value()).isEqualTo(412);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "7",
                "\"7",
                "7\"",
                "\"7\" \"8\"",
                "\"7\",8",
                "\"7 \"",
                "\"7\",*",
                "*,\"7\"",
                "**",
                "w/\"7\"",
                "W/ \"7\"",
                "'7'",
                "\"7\";\"8\"",
                "\"7\u0100\""
            })
    void what_is_no_list_of_tags_is_400(String header) {
        assertThatThrownBy(() -> of(header)).isInstanceOfSatisfying(ProblemException.class, invalid -> {
            assertThat(invalid.problem().code()).isEqualTo("if_match_invalid");
            assertThat(invalid.problem().status().value()).isEqualTo(400);
        });
    }

    @Test
    void several_lines_are_one_list() {
        assertThat(of("\"6\"", "\"7\"").versions())
                .hasValueSatisfying(versions -> assertThat(versions).containsExactlyInAnyOrder(6L, 7L));
        assertThatThrownBy(() -> of("\"6\"", "*")).hasMessage("if_match_invalid");
    }

    @Test
    void who_does_not_say_takes_any_version() {
        assertThat(of().versions()).isEmpty();
        assertThatCode(() -> of().check(7)).doesNotThrowAnyException();
    }

    @Test
    void a_header_as_long_as_the_server_takes_is_read() {
        assertThatCode(() -> of("\"1\",".repeat(2000) + "\"7\"").check(7)).doesNotThrowAnyException();
        assertThatThrownBy(() -> of(",".repeat(8000))).hasMessage("if_match_invalid");
        assertThatThrownBy(() -> of("\"".repeat(7999))).hasMessage("if_match_invalid");
    }

    @Test
    void the_tag_of_a_version_matches_it() {
        assertThat(of(IfMatch.tag(12)).versions())
                .hasValueSatisfying(versions -> assertThat(versions).containsExactly(12L));
    }
}
