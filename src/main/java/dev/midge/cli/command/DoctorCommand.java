package dev.midge.cli.command;

import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.doctor.Doctor;
import dev.midge.cli.options.ColourOption;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;

/** {@code midge doctor}: tells what is wrong on this machine, and what would cure it. */
final class DoctorCommand implements Command {
  private final ProcessContext context;
  private final ColourOption colour = new ColourOption();
  private boolean json;

  DoctorCommand(ProcessContext context) {
    this.context = context;
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable(
            "Check Java, ports, terminal and what else midge depends on, and say how to cure what is wrong.");
    table
        .under(OptionGroup.OUTPUT)
        .add(Option.flag("Print JSON, an object a line.", () -> json = true, "--json").own());
    colour.addTo(table);
    return table;
  }

  @Override
  public boolean isJson() {
    return json;
  }

  @Override
  public Terminal terminal() {
    return colour.out(context);
  }

  @Override
  public int run(StandardOutput out) throws InterruptedException {
    return Doctor.run(context, terminal(), json);
  }
}
