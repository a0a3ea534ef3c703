package io.headwaiter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.gateway.testing.Headwaiter;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That each controller answers at its paths, and nobody elsewhere, is told by the tests of the controllers. */
class PathsFirstTest {

    private static final Headwaiter HEADWAITER = Headwaiter.shared();

    @Test
    void each_path_of_the_api_has_the_outline_of_the_requests_to_it() {
        assertThat(HEADWAITER.gateway().mappings("/api")).hasSizeGreaterThan(50).allSatisfy(mapping -> {
            String path = mapping.substring(mapping.indexOf('/'));
            assertThat(PathsFirst.outline(path.replace("{}", "17"))).isEqualTo(PathsFirst.outline(path));
        });
    }

    /** As a booking's, which has one for GET and one for POST. */
    @Test
    void few_paths_share_an_outline() {
        Set<String> paths = HEADWAITER.gateway().mappings("/api").stream()
                .map(mapping -> mapping.substring(mapping.indexOf('/')))
                .collect(Collectors.toSet());

        assertThat(paths.stream()
                        .collect(Collectors.groupingBy(PathsFirst::outline))
                        .values())
                .allSatisfy(alike -> assertThat(alike).hasSizeLessThanOrEqualTo(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//", "api", "/api/restaurants//", "/api/{restId}/{}/{}", "/%2F/;a=b/%00"})
    void whatever_is_asked_for_has_an_outline(String path) {
        assertThat(PathsFirst.outline(path)).isNotEmpty();
    }
}
