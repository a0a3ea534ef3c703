package io.headwaiter.gateway.deliveries;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** Why an endpoint did not answer, in words that its partner can do something with and that say nothing of this side's network. */
final class WhyNot {

    private static final int LONGEST = 200;

    private WhyNot() {}

    static String of(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String why = known(cause);
            if (why != null) {
                return why;
            }
        }
        return "the connection broke";
    }

    private static @Nullable String known(Throwable failure) {
        return switch (failure) {
            case AddressNotPublic refused -> "its address is not public";
            case UnknownHostException unknown -> "its host has no address";
            case ConnectTimeoutException late -> "no connection in time";
            case SocketTimeoutException late -> "no connection in time";
            case ConnectException refused -> "the connection was refused";
            case SSLException insecure -> shortened("no secure connection: " + insecure.getMessage());
            case NoHttpResponseException closed -> "the connection was closed without an answer";
            case MessageConstraintException large -> "the answer's header is too large";
            case HttpException noHttp -> "the answer is not HTTP";
            default -> null;
        };
    }

    private static String shortened(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", " ");
        return printable.length() > LONGEST ? printable.substring(0, LONGEST) : printable;
    }
}
