import java.util.Scanner;
import java.util.StringJoiner;

class Main {
    static String spiralOrder(int[][] matrix) {
        StringJoiner joiner = new StringJoiner(" ");
        int top = 0;
        int bottom = matrix.length - 1;
        int left = 0;
        int right = matrix[0].length - 1;
        while (true) {
            for (int col = left; col <= right; col++) joiner.add("" + matrix[top][col]);
            if (++top > bottom) break;
            for (int row = top; row <= bottom; row++) joiner.add("" + matrix[row][right]);
            if (left > --right) break;
            for (int col = right; col >= left; col--) joiner.add("" + matrix[bottom][col]);
            if (top > --bottom) break;
            for (int row = bottom; row >= top; row--) joiner.add("" + matrix[row][left]);
            if (++left > right) break;
        }
        return joiner.toString();
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        int rows = scanner.nextInt();
        int cols = scanner.nextInt();
        int[][] matrix = new int[rows][cols];
        for (int row = 0; row < rows; row++) {
            for (int col = 0; col < cols; col++) {
                matrix[row][col] = scanner.nextInt();
            }
        }
        System.out.println(spiralOrder(matrix));
    }
}
