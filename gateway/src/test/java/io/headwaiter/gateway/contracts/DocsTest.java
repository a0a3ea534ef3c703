package io.headwaiter.gateway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.gateway.testing.Callers;
import io.headwaiter.gateway.testing.Headwaiter;
import io.headwaiter.gateway.testing.Reply;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The contracts and the page to try them out, as anybody gets them. */
class DocsTest {

    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"");

    private static final JsonMapper JSON = new JsonMapper();

    private final Callers nobody = Headwaiter.shared().gateway().nobody();

    @Test
    void the_documents_are_served_as_what_they_are() {
        Map.of(
                        "/contracts/openapi.yaml", "application/yaml",
                        "/contracts/asyncapi.yaml", "application/yaml",
                        "/contracts/schemas/booking.place.json", "application/schema+json")
                .forEach((path, type) -> {
                    Reply reply = nobody.get(path);
                    assertThat(reply.status()).as(path).isEqualTo(200);
                    assertThat(reply.header("Content-Type")).startsWith(type);
                });
    }

    @Test
    void what_the_served_asyncapi_refers_to_is_served_too() {
        JsonNode document = new YAMLMapper()
                .readTree(nobody.get("/contracts/asyncapi.yaml").response().body());

        List<String> elsewhere = document.findValues("$ref").stream()
                .map(reference -> reference.asString(""))
                .filter(reference -> reference.startsWith("."))
                .toList();

        assertThat(elsewhere).isNotEmpty().allSatisfy(reference -> assertThat(
                        nobody.get("/contracts" + reference.substring(1)).status())
                .as(reference)
                .isEqualTo(200));
    }

    @Test
    void nothing_but_schemas_comes_from_where_schemas_are() {
        for (String name :
                List.of("..%2Fopenapi", "%2e%2e%2fasyncapi", "nothing", "booking.place.json%00", "BOOKING.PLACE")) {
            assertThat(nobody.get("/contracts/schemas/" + name + ".json").status())
                    .as(name)
                    .isIn(400, 404);
        }
    }

    @Test
    void whoever_comes_to_the_root_is_led_to_the_page() {
        Reply root = nobody.get("/");

        assertThat(root.status()).isEqualTo(302);
        assertThat(root.header("Location")).isEqualTo("/docs");
    }

    @Test
    void the_page_and_all_that_it_loads_come_from_here_and_may_come_from_nowhere_else() {
        Reply page = nobody.get("/docs");
        List<String> links = LINK.matcher(page.text())
                .results()
                .map((MatchResult link) -> link.group(1))
                .toList();

        assertThat(page.text()).doesNotContain("http:", "https:", "//");
        assertThat(links).hasSize(5);
        for (String link : links) {
            assertThat(nobody.get(link).status()).as(link).isEqualTo(200);
        }
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self';")
                .contains("connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("http", "unsafe-eval");
        assertThat(nobody.get("/docs/swagger-ui.js").response().body()).hasSizeGreaterThan(1_000_000);
    }

    @Test
    void the_page_of_events_tells_every_message_and_every_member_of_it() {
        String page = nobody.get("/docs/events").text();
        JsonNode document = new YAMLMapper()
                .readTree(nobody.get("/contracts/asyncapi.yaml").response().body());

        document.at("/components/messages").forEach(message -> {
            String type = message.get("name").asString();
            assertThat(page).contains("." + type + "\">", "<h3><code>" + type + "</code> ");
            String payload = message.at("/payload/$ref").asString("");
            if (!payload.isEmpty()) {
                JsonNode schema = JSON.readTree(
                        nobody.get("/contracts" + payload.substring(1)).text());
                assertThat(schema.get("properties").propertyNames())
                        .allSatisfy(name -> assertThat(page).contains("<code>" + name + "</code></th>"));
            }
        });
        assertThat(page)
                .contains(
                        "<code>reservation.version</code></th><td>integer, 1 or more</td>",
                        "<code>reservation.guests</code></th><td>integer, 1 to 20</td>",
                        "<code>ce_requestid</code></th>",
                        "<code>ce_traceparent</code></th><td>string<small>optional</small></td>",
                        "12 partitions · kept 30 days");
    }

    @Test
    void the_page_of_events_runs_no_script_and_loads_nothing_but_its_style() {
        Reply page = nobody.get("/docs/events");
        Reply style = nobody.get("/docs/events.css");

        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; style-src 'self';")
                .contains("frame-ancestors 'none'")
                .doesNotContain("script", "unsafe", "http");
        assertThat(page.text()).doesNotContain("<script", "src=", "style=");
        assertThat(LINK.matcher(page.text()).results().map((MatchResult link) -> link.group(1)))
                .containsExactlyInAnyOrder("/docs/events.css", "/docs", "/contracts/asyncapi.yaml");
        assertThat(style.header("Content-Type")).isEqualTo("text/css;charset=UTF-8");
        assertThat(style.text()).doesNotContain("url(", "@import");
    }

    @Test
    void what_the_contracts_say_is_text_on_the_page_of_events_and_nothing_else() {
        JsonNode document = JSON.readTree(
                """
                {"info": {"title": "<b>", "description": "`<i>` & \\"x\\""},
                 "channels": {"c": {"title": "</main><script>", "messages": {"m": {
                   "name": "a\\"b", "title": "<u>", "payload": {"properties": {"<img>": {"description": "<svg>"}}},
                   "examples": [{"payload": {"<p>": "</pre>"}}]}}}}}
                """);

        assertThat(EventsPage.of(document, reference -> document))
                .doesNotContain("<b>", "<i>", "<script", "<u>", "<img>", "<svg>", "a\"b", "{\n  \"<p>")
                .contains("<code>&lt;i&gt;</code> &amp; &quot;x&quot;");
    }
}
