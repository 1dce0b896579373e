package dev.midge.testing;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests with a {@link ScriptedBroker} each. They mostly wait, so that several run side by side. */
@Execution(ExecutionMode.CONCURRENT)
public abstract class WithScriptedBroker {
  protected ScriptedBroker broker;

  @BeforeEach
  void listen() throws IOException {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void close() throws IOException {
    broker.close();
  }

  /** Returns the words of a command line, with the broker's port for {@code PORT}. */
  protected Object[] words(String line) {
    return Arrays.stream(line.replace("PORT", String.valueOf(broker.port())).split(" ")).toArray();
  }
}
