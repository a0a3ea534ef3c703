package io.headwaiter.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes an answer whole, with its {@code Content-Length}: as a stream it would go out in chunks, the last of them empty, and each
 * is a packet of its own.
 */
final class JsonOfKnownLength extends JacksonJsonHttpMessageConverter {

    /** Most answers fit. */
    private static final int USUAL_BYTES = 1024;

    JsonOfKnownLength(JsonMapper mapper) {
        super(mapper);
    }

    @Override
    protected void writeInternal(
            Object answer, ResolvableType type, HttpOutputMessage response, @Nullable Map<String, Object> hints)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        super.writeInternal(answer, type, new InMemory(response.getHeaders(), bytes), hints);
        response.getHeaders().setContentLength(bytes.size());
        bytes.writeTo(response.getBody());
    }

    private record InMemory(HttpHeaders headers, OutputStream body) implements HttpOutputMessage {

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public OutputStream getBody() {
            return body;
        }
    }
}
