import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;

class Main {
    static List<Integer> sortedCopy(List<Integer> items) {
        List<Integer> copy = new ArrayList<>(items);
        Collections.sort(copy);
        return copy;
    }

    public static void main(String[] args) {
        Scanner input = new Scanner(System.in);
        int height = input.nextInt(), width = input.nextInt();
        List<List<Integer>> rows = new ArrayList<>(), columns = new ArrayList<>();
        for (int x = 0; x < width; x++) columns.add(new ArrayList<>());
        for (int y = 0; y < height; y++) {
            rows.add(new ArrayList<>());
            for (int x = 0; x < width; x++) {
                Integer value = input.nextInt();
                rows.get(y).add(value);
                columns.get(x).add(value);
            }
        }

        List<Integer> tops = new ArrayList<>();
        for (List<Integer> column : columns) {
            tops.add(sortedCopy(column).get(height - 1));
        }
        // every row minimum pairs up with each equal column maximum
        int answer = 0;
        for (List<Integer> row : rows) {
            answer += Collections.frequency(tops, sortedCopy(row).get(0));
        }
        System.out.println(answer);
    }
}
