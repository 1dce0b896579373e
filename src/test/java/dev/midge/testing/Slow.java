package dev.midge.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks tests that {@code mvn test} leaves out, because they take more than a few seconds. {@code
 * mvn verify} runs them in phase integration-test, and {@code -Dtest=NAME} finds them in phase
 * test.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Tag(Slow.TAG)
@net.jqwik.api.Tag(Slow.TAG)
public @interface Slow {

  /** The group that pom.xml excludes from one run and gives to the other. */
  String TAG = "slow";

  /** Returns the reason why the test takes its time. */
  String value();
}
