package dev.midge.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Advice names options that the command has. */
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class AdviceFilterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "is it well? -k SECONDS asks less often.|is it well? -k SECONDS asks less often.",
        "is it well? --keepalive SECONDS asks less often.|is it well?",
        "does it want TLS (--cafile FILE, or -L mqtts://)? Does it speak -k?|Does it speak -k?",
        "'midge broker -p 1' starts one.|-",
        "TLS-PSK and SOCKS5-proxies are no options.|TLS-PSK and SOCKS5-proxies are no options.",
        "-|-",
      })
  void aSentenceWithAnotherOptionIsLeftOut(String advice, String left) {
    assertThat(AdviceFilter.applicable(advice, List.of("-k", "--cafile")::contains))
        .isEqualTo(left);
  }

  /** 0x8F asks for another topic filter, 0x9A for no retain flag. */
  @ParameterizedTest
  @CsvSource({
    "pub -t a -n -q 1,143,true",
    "conn,143,false",
    "pub -t a -n -q 1,154,true",
    "conn,154,false",
    "conn,142,true"
  })
  void soItIsWithWhatABrokerComplainsOf(String words, int code, boolean advised) throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = MidgeRun.start((Object[]) (words + " -V 5 -p " + broker.port()).split(" "));
      broker.welcome();
      broker.send(new Disconnect(code, Properties.NONE));
      assertThat(run.await().errText().contains("\nTry: ")).isEqualTo(advised);
      assertThat(run.errText()).contains("\nDISCONNECT 0x");
    }
  }

  @Test
  void connTakesAUrlWithoutATopic() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = MidgeRun.start("conn", "-L", "mqtt://me%40home:p@127.0.0.1:" + broker.port());
      broker.welcome();
      run.awaitErr("Connected to 127.0.0.1:" + broker.port()).stop();
    }
    MidgeRun wrong = MidgeRun.run("conn", "-L", "mqtt://127.0.0.1/a");
    assertThat(wrong.errText())
        .startsWith(
            "Error: Invalid URL for -L argument specified - this command has no topic: mqtt://HOST[:PORT] is all.");
    assertThat(wrong.status()).isEqualTo(1);
  }
}
