package io.headwaiter.gateway.problems;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where the servlet container sends what went wrong outside of controllers. */
@Controller
class ErrorPage implements ErrorController {

    @RequestMapping("${server.error.path:${error.path:/error}}")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object cause = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        if (cause instanceof SocketTimeoutException) {
            WriteProblem.to(response, Problems.bodyTooSlow());
        } else if (cause instanceof IOException) {
            // Whoever is at the other end of a broken connection will hardly read this.
            WriteProblem.to(response, Problems.bodyIncomplete());
        } else if (cause instanceof Throwable defect) {
            WriteProblem.to(response, Problems.defect(defect));
        } else {
            WriteProblem.to(response, ofStatus(status instanceof Integer code ? code : 404));
        }
    }

    static Problem ofStatus(int code) {
        HttpStatus status = HttpStatus.resolve(code);
        if (status == null || status == HttpStatus.NOT_FOUND) {
            return Problems.pathNotFound();
        }
        // 501 is of a transfer coding that there is not: the caller's, whatever its number says.
        if (status.is5xxServerError() && status != HttpStatus.NOT_IMPLEMENTED) {
            return Problem.of(status, "internal_error", "An error on our side.");
        }
        return Problem.of(status, "bad_request", "The request is not understood.");
    }
}
