import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.roda_project.commons_ip2.validator.EARKSIPValidator;
import org.roda_project.commons_ip2.validator.constants220.ConstantsAIPspec;
import org.roda_project.commons_ip2.validator.constants220.ConstantsCSIPspec;
import org.roda_project.commons_ip2.validator.constants220.ConstantsSIPspec;
import org.roda_project.commons_ip2.validator.reporter.ReporterDetails;
import org.roda_project.commons_ip2.validator.reporter.ValidationReportOutputJson;

/**
 * Judges E-ARK packages with commons-ip2 and prints one JSON line per package:
 * {"package":…, "errors":n, "warnings":n, "findings":[{"rule","level","detail"}]}.
 *
 * <p>The library's own exit code says nothing about validity (it is 0 for an invalid package too), and a bare count of
 * errors mixes real faults with rules that do not apply: callers compare the rule ids with the ones they expect.
 */
public final class CommonsIpJudge {
  private static final String VERSION = "2.2.0";

  public static void main(String[] paths) throws Exception {
    if (paths.length == 0) {
      System.err.println("usage: commons-ip PACKAGE…   (a folder or a ZIP file)");
      System.exit(2);
    }
    for (String path : paths) System.out.println(judge(Path.of(path)));
  }

  private static String judge(Path path) throws Exception {
    ValidationReportOutputJson report = new ValidationReportOutputJson(path, new ByteArrayOutputStream());
    new EARKSIPValidator(report, VERSION).validate(VERSION);
    StringBuilder findings = new StringBuilder();
    for (Map.Entry<String, ReporterDetails> entry : new TreeMap<>(report.getResults()).entrySet()) {
      ReporterDetails outcome = entry.getValue();
      if (outcome.isValid()) continue;
      if (findings.length() > 0) findings.append(',');
      findings
          .append("{\"rule\":").append(quote(entry.getKey()))
          .append(",\"level\":").append(quote(level(entry.getKey())))
          .append(",\"detail\":").append(quote(detail(outcome))).append('}');
    }
    return "{\"package\":" + quote(path.toString())
        + ",\"errors\":" + report.getErrors()
        + ",\"warnings\":" + report.getWarnings()
        + ",\"findings\":[" + findings + "]}";
  }

  private static String level(String rule) {
    String found =
        rule.startsWith("AIP") ? ConstantsAIPspec.getSpecificationLevel(rule)
            : rule.startsWith("SIP") ? ConstantsSIPspec.getSpecificationLevel(rule)
            : ConstantsCSIPspec.getSpecificationLevel(rule);
    return String.valueOf(found);
  }

  private static String detail(ReporterDetails outcome) {
    return outcome.getIssues().isEmpty() ? String.valueOf(outcome.getDetail()) : String.join(" | ", outcome.getIssues());
  }

  private static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c < ' ') out.append(String.format("\\u%04x", (int) c));
      else out.append(c);
    }
    return out.append('"').toString();
  }
}
