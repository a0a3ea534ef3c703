package io.headwaiter.gateway.contracts;

import io.headwaiter.schemas.RequestMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /docs/events}: the messages for people, beside the paths at {@code /docs}. There is no script in it. */
@RestController
class EventsPageEndpoint {

    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'";

    private static final MediaType PAGE = MediaType.parseMediaType("text/html;charset=UTF-8");
    private static final MediaType STYLE = MediaType.parseMediaType("text/css;charset=UTF-8");
    private static final JsonMapper JSON = new JsonMapper();

    private final byte[] page;

    EventsPageEndpoint() {
        try (InputStream yaml = contract("asyncapi.yaml").getInputStream()) {
            Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            this.page = EventsPage.of(JSON.valueToTree(document), EventsPageEndpoint::schema)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @GetMapping("/docs/events")
    ResponseEntity<byte[]> page() {
        return answer(PAGE).body(page);
    }

    @GetMapping("/docs/events.css")
    ResponseEntity<Resource> style() {
        return answer(STYLE).body(new ClassPathResource("events.css", EventsPageEndpoint.class));
    }

    private static ResponseEntity.BodyBuilder answer(MediaType type) {
        return ResponseEntity.ok()
                .contentType(type)
                .header("Content-Security-Policy", POLICY)
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic());
    }

    private static JsonNode schema(String reference) {
        try (InputStream json = contract(reference).getInputStream()) {
            return JSON.readTree(json);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** References are relative to where the document stands. */
    private static Resource contract(String name) {
        return new ClassPathResource(name, RequestMessage.class);
    }
}
