import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Collectors;

class Main {
    record Run(char symbol, int length) {
        Run longer() {
            return new Run(symbol, length + 1);
        }

        @Override
        public String toString() {
            return length + String.valueOf(symbol);
        }
    }

    static List<Run> runLengthEncode(String s) {
        List<Run> runs = new ArrayList<>();
        for (char c : s.toCharArray()) {
            int top = runs.size() - 1;
            if (top >= 0 && runs.get(top).symbol() == c) {
                runs.set(top, runs.get(top).longer());
            } else {
                runs.add(new Run(c, 1));
            }
        }
        return runs;
    }

    public static void main(String[] args) {
        Scanner sc = new Scanner(System.in).useDelimiter("\n");
        String s = "";
        if (sc.hasNext()) {
            s = sc.next();
        }
        System.out.println(runLengthEncode(s).stream().map(Run::toString).collect(Collectors.joining()));
    }
}
