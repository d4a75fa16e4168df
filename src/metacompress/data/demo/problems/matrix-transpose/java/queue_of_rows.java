import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Scanner;

class Main {
    // Peels the first element off every row; what is peeled in one round is one output line.
    static void peelTransposed(List<Deque<Integer>> rows, List<List<Integer>> result) {
        if (rows.get(0).isEmpty()) return;
        List<Integer> heads = new ArrayList<>();
        rows.forEach(row -> heads.add(row.removeFirst()));
        result.add(heads);
        peelTransposed(rows, result);
    }

    static List<Deque<Integer>> readRows(Scanner input) {
        List<Deque<Integer>> rows = new ArrayList<>();
        int count = input.nextInt(), length = input.nextInt();
        while (rows.size() < count) {
            Deque<Integer> row = new ArrayDeque<>();
            while (row.size() < length) row.addLast(input.nextInt());
            rows.add(row);
        }
        return rows;
    }

    public static void main(String[] args) {
        List<List<Integer>> result = new ArrayList<>();
        peelTransposed(readRows(new Scanner(System.in)), result);
        for (List<Integer> line : result) {
            System.out.println(line.toString().replaceAll("[\\[\\],]", ""));
        }
    }
}
