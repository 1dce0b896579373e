package dev.midge.rules;

import dev.midge.testing.Mosquitto;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the rule tests against Debian's mosquitto wherever the table says that it agrees: so it is
 * the test that is known to be right. With {@code -Dmidge.rules=all}, also those where it differs,
 * to see whether it still does.
 */
class RulesWithMosquittoIT {

  @BeforeAll
  static void isThere() {
    Mosquitto.require();
  }

  @TestFactory
  Stream<DynamicTest> mosquittoAgrees() {
    boolean all = "all".equals(System.getProperty("midge.rules"));
    Map<String, TreeSet<String>> rules = new LinkedHashMap<>();
    for (Row row : Row.all()) {
      if (row.agrees() || all) {
        for (String test : row.tests()) {
          if (Row.speaksRawMqtt(test)) {
            rules.computeIfAbsent(test, key -> new TreeSet<>()).add(row.id());
          }
        }
      }
    }
    Row any = Row.all().get(0);
    return rules.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    String.join(", ", List.copyOf(each.getValue())) + " " + each.getKey(),
                    () -> run(any.method(each.getKey()))));
  }

  private static void run(Method method) throws Throwable {
    Constructor<?> constructor = method.getDeclaringClass().getDeclaredConstructor();
    Rules rules = (Rules) constructor.newInstance();
    rules.against(Server.MOSQUITTO);
    try {
      method.invoke(rules);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      rules.closeAll();
    }
  }
}
