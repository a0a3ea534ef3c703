package io.headwaiter.gateway;

import static java.util.Objects.requireNonNull;

import io.headwaiter.schemas.MessageJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Puts an answer on the wire that no controller returns, as {@link io.headwaiter.gateway.problems.WriteProblem} does. Left to Spring,
 * who writes it, and as what, is found out anew for each; here that is known.
 */
public final class WriteAnswer {

    private WriteAnswer() {}

    public static void to(HttpServletResponse response, ResponseEntity<? extends Answer<?>> answer) throws IOException {
        byte[] body = MessageJson.write(requireNonNull(answer.getBody()));
        response.setStatus(answer.getStatusCode().value());
        HttpHeaders headers = answer.getHeaders();
        headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
