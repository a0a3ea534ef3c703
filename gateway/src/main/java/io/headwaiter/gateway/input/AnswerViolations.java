package io.headwaiter.gateway.input;

import io.headwaiter.gateway.input.CheckDocument.Finding;
import io.headwaiter.gateway.problems.Problem;
import io.headwaiter.gateway.problems.Problems;
import io.headwaiter.gateway.problems.WriteProblem;
import io.headwaiter.gateway.tenancy.ViolatedConstraint;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * What a caller hears when the database has the last word on a value: its constraints have the names of the breaches. Whatever
 * else it refuses is a defect of ours.
 */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class AnswerViolations {

    @ExceptionHandler
    void violated(DataIntegrityViolationException violation, HttpServletResponse response) throws IOException {
        Problem problem = Breach.find(ViolatedConstraint.of(violation))
                .map(breach -> CheckDocument.problem(List.of(new Finding(breach.member(), breach))))
                .orElseGet(() -> Problems.defect(violation));
        WriteProblem.to(response, problem);
    }
}
