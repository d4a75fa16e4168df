import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;

class Main {
    private static List<List<Integer>> maxIncreasingRun(List<Integer> numbers) {
        List<List<Integer>> runs = new ArrayList<>();
        Integer last = null;
        for (Integer number : numbers) {
            if (last == null || number.compareTo(last) <= 0) {
                runs.add(new ArrayList<>());
            }
            runs.get(runs.size() - 1).add(number);
            last = number;
        }
        return runs;
    }

    public static void main(String[] args) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(System.in));
        int expected = Integer.parseInt(reader.readLine().strip());
        List<Integer> numbers = new ArrayList<>();
        while (numbers.size() < expected) {
            for (String word : reader.readLine().strip().split(" +")) {
                numbers.add(Integer.valueOf(word));
            }
        }
        int longestRisingRun = 0;
        for (List<Integer> run : maxIncreasingRun(numbers)) {
            longestRisingRun = Math.max(longestRisingRun, run.size());
        }
        System.out.println(longestRisingRun);
    }
}
