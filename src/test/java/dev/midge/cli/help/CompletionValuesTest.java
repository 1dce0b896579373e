package dev.midge.cli.help;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.options.PropertyOptions;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionTable;
import dev.midge.mqtt.Property;
import java.util.List;
import java.util.Stack;
import org.junit.jupiter.api.Test;

/** What completions offer is what the parser takes. */
class CompletionValuesTest {
  @Test
  void everyPropertyIsOfferedWhereTheParserTakesItAndNowhereElse() {
    PropertyNames.byPacket()
        .forEach(
            (command, offered) -> {
              for (Property property : Property.values()) {
                String name = property.propertyName();
                assertThat(offered.contains(name))
                    .as(command + " " + name)
                    .isEqualTo(takes(command, name));
              }
            });
  }

  private static boolean takes(String command, String property) {
    OptionTable table = new OptionTable("");
    new PropertyOptions(MidgeCompatibility.INSTANCE, () -> {}).addTo(table);
    Stack<String> words = new Stack<>();
    for (String word : new String[] {"1", "1", property, command}) {
      words.push(word);
    }
    UsageException refusal =
        catchThrowableOfType(UsageException.class, () -> table.find("-D").handler().handle(words));
    return refusal == null || !refusal.getMessage().matches(".* not (allowed|supported) .*");
  }

  @Test
  void everyWordThatIsOfferedIsTaken() {
    GenerateDocsTest.tables()
        .forEach(
            (word, table) ->
                CompletionValues.all(word)
                    .forEach(
                        (name, offered) -> {
                          Option option = table.find(name);
                          for (String value : offered) {
                            boolean brokers = word.equals("broker") && name.equals("--fault");
                            if (option != null && !option.isFlag() && !brokers) {
                              Stack<String> words = new Stack<>();
                              words.push(whole(word, name, value));
                              option.handler().handle(words);
                            }
                          }
                        }));
  }

  /** What is only a beginning, with an end. */
  private static String whole(String command, String option, String value) {
    if (value.endsWith("//")) {
      boolean bare =
          List.of("conn", "context", "lwt").contains(command)
              || List.of("--against", "--to").contains(option);
      return value + (bare ? "h" : "h/t");
    }
    if (value.endsWith("unix:")) {
      return value + "p";
    }
    if (value.equals("protobuf:")) {
      return value + "src/main/resources/dev/midge/view/proto/sparkplug.proto,Payload";
    }
    if (value.endsWith("0x")) {
      return value + "87@publish-out:1";
    }
    return value.matches(".*(after|every|blackout|delay|reconnect):")
        ? value + "1s"
        : value.endsWith(":") ? value + "1" : value;
  }
}
