package dev.midge.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of rules and the tests know of each other. */
class TableTest {

  @Test
  void everyRowNamesTestsThatAreThere() {
    for (Row row : Row.all()) {
      for (String test : row.tests()) {
        assertThat(row.method(test).isAnnotationPresent(Test.class)).as(row + " " + test).isTrue();
      }
      assertThat(row.tests().isEmpty())
          .as(row + " has no test, and does not say why")
          .isEqualTo(row.mosquitto().startsWith("not yet:"));
    }
  }

  @Test
  void everyRuleIsThereOnce() {
    assertThat(Row.all()).extracting(Row::id).doesNotHaveDuplicates();
  }

  @Test
  void everyRuleTestIsNamedByARow() throws ClassNotFoundException {
    List<String> named = new ArrayList<>();
    Row.all().forEach(row -> named.addAll(row.tests()));
    List<String> there = new ArrayList<>();
    for (String topic : Row.topics()) {
      for (Method method : Class.forName("dev.midge.rules." + topic).getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          there.add(topic + "#" + method.getName());
        }
      }
    }
    assertThat(there).hasSizeGreaterThan(100);
    assertThat(named).containsAll(there);
  }

  @Test
  void everyRowSaysWhatMosquittoDoes() {
    for (Row row : Row.all()) {
      assertThat(row.mosquitto())
          .as(row.toString())
          .matches("agrees|(differs|cannot be seen|not yet): .{8,}");
      if (row.agrees()) {
        assertThat(row.tests()).as(row.toString()).allMatch(Row::speaksRawMqtt);
      }
    }
  }
}
