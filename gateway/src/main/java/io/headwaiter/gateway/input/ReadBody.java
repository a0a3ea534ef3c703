package io.headwaiter.gateway.input;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.gateway.problems.Problems;
import io.headwaiter.schemas.MessageJson;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a body that is one JSON object: bounded in size and time, in UTF-8, no member twice, nothing after it. */
@Component
public class ReadBody {

    /** RFC 7396: the members that are there are those that change. */
    public static final String MERGE_PATCH = "application/merge-patch+json";

    private static final JsonMapper STRICT = MessageJson.mapper()
            .rebuild()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final int limit;
    private final int documentLimit;
    private final Duration timeout;

    ReadBody(GatewayProperties properties) {
        this.limit = Math.toIntExact(properties.bodyLimit().toBytes());
        this.documentLimit = Math.toIntExact(properties.documentLimit().toBytes());
        this.timeout = properties.bodyTimeout();
    }

    public Members of(HttpServletRequest request) {
        return of(request, limit);
    }

    /** As {@link #of}, for a body that describes a restaurant whole: it may be larger. */
    public Members document(HttpServletRequest request) {
        return of(request, documentLimit);
    }

    private Members of(HttpServletRequest request, int limit) {
        JsonNode body = parse(text(bytes(request, limit)));
        if (!body.isObject()) {
            throw Problems.badRequest("wrong_type", "The body must be a JSON object.")
                    .asException();
        }
        return new Members(body, "");
    }

    private byte[] bytes(HttpServletRequest request, int limit) {
        if (request.getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        long start = System.nanoTime();
        ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
        try (ServletInputStream in = request.getInputStream()) {
            byte[] piece = new byte[1024];
            int read;
            while ((read = in.read(piece)) >= 0) {
                body.write(piece, 0, read);
                if (body.size() > limit) {
                    throw tooLarge(limit);
                }
                // Each read is bounded by the connector's timeout, all of them together by this.
                if (System.nanoTime() - start > timeout.toNanos()) {
                    throw Problems.bodyTooSlow().asException();
                }
            }
        } catch (SocketTimeoutException stalled) {
            throw Problems.bodyTooSlow().asException();
        } catch (IOException broken) {
            throw Problems.bodyIncomplete().asException();
        }
        return body.toByteArray();
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException invalid) {
            throw malformed("The body is not in UTF-8.");
        }
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode body = STRICT.readTree(text);
            if (body.isMissingNode()) {
                throw malformed("The body is empty.");
            }
            return body;
        } catch (JacksonException notJson) {
            var at = notJson.getLocation();
            throw malformed(
                    at == null || at.getLineNr() < 1
                            ? "The body is not JSON."
                            : "The body is not JSON from line %d, column %d on, or names a member twice there."
                                    .formatted(at.getLineNr(), at.getColumnNr()));
        }
    }

    private static RuntimeException malformed(String detail) {
        return Problems.badRequest("malformed_json", detail).asException();
    }

    private static RuntimeException tooLarge(int limit) {
        return Problem.of(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "body_too_large",
                        "A body may have " + limit + " bytes at the most.")
                .asException();
    }
}
