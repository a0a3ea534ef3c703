package io.headwaiter.gateway;

import io.headwaiter.schemas.MessageJson;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;

/**
 * Writes an answer whole, with its {@code Content-Length}: as a stream it would go out in chunks, the last of them empty, and each
 * is a packet of its own.
 */
final class JsonOfKnownLength extends JacksonJsonHttpMessageConverter {

    JsonOfKnownLength() {
        super(MessageJson.mapper());
    }

    @Override
    protected void writeInternal(
            Object answer, ResolvableType type, HttpOutputMessage response, @Nullable Map<String, Object> hints)
            throws IOException {
        byte[] body = MessageJson.write(answer);
        response.getHeaders().setContentLength(body.length);
        response.getBody().write(body);
    }
}
