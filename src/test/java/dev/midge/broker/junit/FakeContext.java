package dev.midge.broker.junit;

import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Makes what the extension asks of the context of a class, or of a test at its end. */
final class FakeContext {
  private FakeContext() {}

  static ExtensionContext of(String name, boolean failed) {
    return (ExtensionContext)
        Proxy.newProxyInstance(
            ExtensionContext.class.getClassLoader(),
            new Class<?>[] {ExtensionContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getUniqueId", "getDisplayName" -> name;
                  case "getExecutionException" ->
                      failed ? Optional.of(new AssertionError()) : Optional.empty();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
