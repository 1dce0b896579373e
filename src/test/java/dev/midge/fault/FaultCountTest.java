package dev.midge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The count behind an effect without a moment, which a hexadecimal code looks like. */
class FaultCountTest {

  @ParameterizedTest
  @CsvSource({
    "reason:0x98, reason:0x98@end",
    "reason:0x98x2, reason:0x98@endx2",
    "reason:152x2, reason:0x98@endx2",
    "resetx2, reset@endx2",
    "reason:0x04@publish-out:1x2, reason:0x04@publish-out:1x2",
  })
  void isReadOnlyWhereItStands(String words, String text) throws Exception {
    assertThat(FaultParser.parse(words, FaultSide.CLIENT).text()).isEqualTo(text);
  }
}
