package io.headwaiter.gateway.problems;

import io.headwaiter.schemas.MessageJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Puts a {@link Problem} on the wire: the only place that does. */
public final class WriteProblem {

    private WriteProblem() {}

    public static void to(HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = MessageJson.write(problem.body());
        response.resetBuffer();
        response.setStatus(problem.status().value());
        response.setContentType("application/problem+json");
        // Here, too: some refusals come from below the filter that puts them on everything else.
        SafeHeaders.on(response);
        problem.headers().forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
