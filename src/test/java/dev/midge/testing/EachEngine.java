package dev.midge.testing;

import dev.midge.client.EngineKind;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs a test class through each engine that there is; it takes an {@link EngineKind}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@MethodSource("dev.midge.testing.EachEngine$Kinds#all")
public @interface EachEngine {

  /** The engines that there are. */
  final class Kinds {
    private Kinds() {}

    static Stream<EngineKind> all() {
      return Stream.of(EngineKind.values());
    }
  }
}
